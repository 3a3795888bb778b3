-- A version that no release has yet: what a test upgrades to.
create table @extras (id text not null primary key);
alter table @outbox add column novelty integer not null default 0;
