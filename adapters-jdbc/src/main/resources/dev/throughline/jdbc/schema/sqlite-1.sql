-- Throughline's tables on SQLite, version 1. An at sign stands for the prefix of the tables' names.
-- Instants are nanoseconds since 1970; keys are KIND/id; bodies are canonical bytes.
create table @schema (version integer not null);
insert into @schema (version) values (1);

create table @states (key text not null primary key, body blob not null);

create table @timers (key text not null, name text not null, due integer not null, primary key (key, name)) without rowid;
create index @timers_due on @timers (due, key, name);

-- status: 0 waits, 1 is being sent, 2 cannot be read
create table @outbox (
    id text not null primary key,
    attempt integer not null,
    status integer not null,
    urgent integer not null,
    channel text not null,
    class text not null,
    sender text not null,
    campaign text not null,
    contact_point text not null,
    customer text not null,
    since integer not null,
    send_before integer not null,
    owner text,
    body blob not null
);
create index @outbox_next on @outbox (channel, urgent desc, id, since) where status = 0;
create index @outbox_end on @outbox (send_before) where status = 0;
create index @outbox_sending on @outbox (id) where status = 1;
create index @outbox_unread on @outbox (id) where status = 2;

-- unread: 1 if it cannot be read and waits for somebody who mends it, below as well
create table @told (id integer primary key, key text not null, unread integer not null default 0, body blob not null);
create index @told_key on @told (key);

create table @inbox (id integer primary key, key text not null, owner text, unread integer not null default 0, body blob not null);
create index @inbox_owner on @inbox (owner) where owner is not null;

create table @timeline (id text not null primary key, subject text not null, at integer not null, body blob not null);
create index @timeline_subject on @timeline (subject, at);
create table @decisions (id text not null primary key, subject text not null, at integer not null, body blob not null);
create index @decisions_subject on @decisions (subject, at);
create table @ledger (id text not null primary key, subject text not null, at integer not null, body blob not null);
create index @ledger_subject on @ledger (subject, at);

create table @routes (reference text not null primary key, key text not null) without rowid;
create index @routes_key on @routes (key);

create table @dead_letters (id integer primary key autoincrement, at integer not null, error text not null, body blob not null);

create table @settings (name text not null primary key, value text not null) without rowid;

create table @members (name text not null, key text not null, primary key (name, key)) without rowid;

create table @definitions (
    kind text not null,
    name text not null,
    version text not null,
    json text not null,
    at integer not null,
    who text not null,
    primary key (kind, name, version)
);
