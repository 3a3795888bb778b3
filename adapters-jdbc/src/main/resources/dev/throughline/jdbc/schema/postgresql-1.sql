-- Throughline's tables on PostgreSQL, version 1. An at sign stands for the prefix of the tables' names.
-- Instants are nanoseconds since 1970; keys are KIND/id; bodies are canonical bytes; texts are ordered by their bytes.
create table @schema (version integer not null);
insert into @schema (version) values (1);

-- One row per logical shard; whoever holds its row lock steps its keys.
create table @shards (id integer not null primary key);

create table @states (key text collate "C" not null primary key, body bytea not null) with (fillfactor = 80);

create table @timers (
    key text collate "C" not null,
    name text collate "C" not null,
    due bigint not null,
    shard integer not null,
    primary key (key, name)
);
create index @timers_due on @timers (due);

-- status: 0 waits, 1 is being sent, 2 cannot be read
create table @outbox (
    id text collate "C" not null primary key,
    attempt integer not null,
    status integer not null,
    urgent integer not null,
    channel text collate "C" not null,
    class text collate "C" not null,
    sender text collate "C" not null,
    campaign text collate "C" not null,
    contact_point text collate "C" not null,
    customer text collate "C" not null,
    since bigint not null,
    send_before bigint not null,
    owner text,
    lease timestamptz,
    body bytea not null
);
create index @outbox_next on @outbox (channel, urgent desc, id, since) where status = 0;
create index @outbox_end on @outbox (send_before) where status = 0;
create index @outbox_sending on @outbox (id) where status = 1;
create index @outbox_unread on @outbox (id) where status = 2;

-- unread: 1 if it cannot be read and waits for somebody who mends it, below as well
create table @told (
    id bigint generated always as identity primary key,
    key text collate "C" not null,
    shard integer not null,
    unread integer not null default 0,
    body bytea not null
);
create index @told_key on @told (key);

create table @inbox (
    id bigint generated always as identity primary key,
    key text collate "C" not null,
    shard integer not null,
    unread integer not null default 0,
    owner text collate "C",
    body bytea not null
);
create index @inbox_owner on @inbox (owner) where owner is not null;

create table @timeline (
    id text collate "C" not null primary key,
    subject text collate "C" not null,
    at bigint not null,
    body bytea not null
);
create index @timeline_subject on @timeline (subject, at);
create table @decisions (
    id text collate "C" not null primary key,
    subject text collate "C" not null,
    at bigint not null,
    body bytea not null
);
create index @decisions_subject on @decisions (subject, at);
create table @ledger (
    id text collate "C" not null primary key,
    subject text collate "C" not null,
    at bigint not null,
    body bytea not null
);
create index @ledger_subject on @ledger (subject, at);

create table @routes (reference text collate "C" not null primary key, key text collate "C" not null);
create index @routes_key on @routes (key);

create table @dead_letters (
    id bigint generated always as identity primary key,
    at bigint not null,
    error text not null,
    body bytea not null
);

create table @settings (name text collate "C" not null primary key, value text not null);

create table @members (name text collate "C" not null, key text collate "C" not null, primary key (name, key));

create table @definitions (
    kind text collate "C" not null,
    name text collate "C" not null,
    version text collate "C" not null,
    json text not null,
    at bigint not null,
    who text not null,
    primary key (kind, name, version)
);
