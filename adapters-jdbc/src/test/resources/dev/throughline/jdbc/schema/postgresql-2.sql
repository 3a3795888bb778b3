-- A version that no release has yet: what a test upgrades to.
create table @extras (id text collate "C" not null primary key);
alter table @outbox add column novelty bigint not null default 0;
