create table if not exists orders (id text primary key, customer text not null, total integer not null);
