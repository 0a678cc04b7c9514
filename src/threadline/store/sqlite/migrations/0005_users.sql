-- End users that a trace's spans name beside the one that the fold chose: their deletion takes the trace, too.
create table named_user (
  project int not null,
  user_id text not null,
  trace int not null,            -- trace.id
  primary key (project, user_id, trace)
) strict, without rowid;

create index named_user_trace on named_user (trace);

-- Traces folded before this schema are read in steps: up to here in order of their id.
insert into meta (name, value) select 'users_after', 0 where exists (select 1 from trace);
