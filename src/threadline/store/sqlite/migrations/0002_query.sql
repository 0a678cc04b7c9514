-- What the query language asks for: values of sessions as words, one row a span, what people keep.

-- Every distinct value of session_value once, and session ids (SESSION_ID), which have no row there: the session is
-- found by its key. A value leaves with the last session that has it. An id never comes back once name_text knew it.
create table value (
  id integer primary key,
  project int not null,
  kind int not null,             -- as in session_value, and SESSION_ID
  value text not null,
  differs text,                  -- the folded form where it is another
  folded text not null generated always as (coalesce(differs, value)) virtual,
  unique (project, kind, value)
) strict;

create index value_folded on value (project, kind, folded);

-- The folded forms of session ids, other ids, end users, tags and metadata (of which only the value) by value.id, up to
-- the id in meta 'names_indexed'. Values above it are not in here yet.
create virtual table name_text using fts5 (
  folded, content='', contentless_delete=1, detail=full, columnsize=1, tokenize='trigram case_sensitive 1'
);
insert into name_text (name_text, rank) values ('automerge', 8);
insert into meta (name, value) values ('names_indexed', 0);

-- What spans have in common; '' where absent. A class leaves with its last span.
create table span_class (
  id integer primary key,
  project int not null,
  kind text not null,            -- upper case
  tool text not null,
  agent text not null,
  model text not null,
  service text not null,
  environment text not null,
  status int not null,           -- 0 unset, 1 ok, 2 error
  unique (project, kind, tool, agent, model, service, environment, status)
) strict;

-- One row a span, as of its trace's last fold.
create table span_row (
  class int not null,
  trace int not null,            -- trace.id
  n int not null,                -- counts the trace's spans of this class from 0, by (start, span id)
  session int not null,          -- session.id; 0 where the trace is no turn of a session
  latency int,                   -- ns; null while open or negative
  tokens int,                    -- the span's own; null when it names none
  cost int,                      -- nano-USD, the span's own, reported or else computed; null when not known
  primary key (class, trace, n)
) strict, without rowid;

alter table trace add column classes blob; -- msgpack: ids of its span classes, rising; null: folded before this schema

alter table annotation add column label text;
alter table annotation add column folded_label text;
alter table annotation add column score real;
create index annotation_name on annotation (project, name, folded_label);

create table view (
  id text primary key,
  project text not null,
  body blob not null             -- msgpack: SavedView
) strict, without rowid;

create index view_project on view (project);

create table seen (
  session_key text not null,
  author text not null,
  project text not null,
  at int not null,               -- ns: when first
  primary key (session_key, author)
) strict, without rowid;

create table annotation_setting (
  project text not null,
  name text not null,
  body blob not null,            -- msgpack: AnnotationSetting
  primary key (project, name)
) strict, without rowid;

-- Traces folded before this schema are folded again in steps: up to here in order of their id.
insert into meta (name, value) select 'refold_after', 0 where exists (select 1 from trace);
