-- The first schema. Times are ns since the epoch; money is nano-USD.
-- `place` puts turns in order: start - 1, and 2**63 - 1 for a trace without a time, so that those come last.

create table meta (
  name text primary key,
  value any
) strict, without rowid;

-- Counts of a project are kept as its traces and sessions change. `traces` counts folded traces.
create table project (
  id integer primary key,
  name text not null unique,
  sessions int not null default 0,
  traces int not null default 0,
  spans int not null default 0,
  traces_without_session int not null default 0,
  changes int not null default 0 -- the number of the last commit that changed it; numbers rise over all projects
) strict;

-- Received spans, many requests to a block. `held` is how many of its spans traces refer to; at 0 it is deleted.
-- The body stands apart so that counting does not rewrite it.
create table block (
  id integer primary key autoincrement,  -- a number never comes back: traces remember where copies lay
  held int not null,
  settled int not null
) strict;

create table block_body (
  block integer primary key,
  sizes blob not null,           -- msgpack: bytes of each part, before compression
  body blob not null             -- zstd: parts, each an ExportTraceServiceRequest
) strict;

create table trace (
  id integer primary key,
  project int not null,
  trace_id blob not null,
  session int,                   -- of a turn
  filed_under text,              -- session key of a trace that is no turn but names a session
  place int not null,
  end int,
  latency int,
  status int not null,
  tokens int not null,
  cost int,
  user_id text,                  -- only where there is no session: sessions have it in session_value
  arrived int not null,          -- spans in its segments, re-sent ones included
  pending int not null,          -- 1: facts arrived after the last fold
  segments int not null,
  version int not null default 0, -- rises with every change: what was read outside a transaction may be stale
  settled int not null default 0,
  changed int not null,          -- the number of the last commit that moved it in the list
  -- Of turns in large sessions only, so that small ones pay for no index (null: small):
  said int,                      -- bits: 1 input, 2 output, 4 metadata
  idle_before int,
  record blob not null,          -- msgpack: TraceRecord
  unique (project, trace_id)
) strict;

-- Their last columns are read by statistics, which would else read every row.
create index trace_turn on trace (session, place, trace_id, latency, tokens, cost) where session is not null;
create index trace_time on trace (project, place, trace_id, session, latency, tokens, cost);
create index trace_latency on trace (session, latency, id) where said is not null and latency is not null;
create index trace_end on trace (session, end) where said is not null;
create index trace_said on trace (session, said, place, trace_id) where said is not null;
create index trace_alone on trace (project, place, trace_id) where session is null;
create index trace_filed on trace (filed_under) where filed_under is not null;
create index trace_user on trace (project, user_id) where user_id is not null;
create index trace_pending on trace (id) where pending = 1;
create index trace_unsettled on trace (session, id) where settled = 0;

-- Facts per arrival of a trace.
create table segment (
  trace int not null,
  number int not null,
  facts blob not null,           -- a byte (0 plain, 1 zstd), then msgpack: segments.py
  primary key (trace, number)
) strict, without rowid;

-- What was said in a trace. A blob is zstd of UTF-8.
create table turn_text (
  trace integer primary key,
  input any,
  output any,
  input_mime text,               -- null: text/plain
  output_mime text
) strict;

-- Texts that the project's text index does not hold yet. `replaces`: it holds an older text of this trace.
create table unindexed (
  project int not null,
  trace int not null,
  replaces int not null,
  primary key (project, trace)
) strict, without rowid;

create table session (
  id integer primary key,
  key text not null unique,
  tie int not null,              -- orders like the key: its first 60 bits, half as long in eight indexes
  project int not null,
  session_id text not null,
  last_activity int,
  start_time int,
  duration int,
  turn_count int not null,
  span_count int not null,
  error_count int not null,
  prompt_tokens int not null,
  completion_tokens int not null,
  total_tokens int not null,
  cost int,
  unpriced int not null,         -- counted spans without a price
  latency_p50 int,
  latency_p95 int,
  changed int not null,          -- the number of the last commit that changed a figure above: walks skip it
  shown blob not null,           -- msgpack: what only a reader needs (session_row.Shown)
  state blob not null            -- msgpack: what only the next change needs (session_row.State)
) strict;

create index session_last_activity on session (project, last_activity, tie);
create index session_start_time on session (project, start_time, tie);
create index session_duration on session (project, duration, tie);
create index session_turn_count on session (project, turn_count, tie);
create index session_error_count on session (project, error_count, tie);
create index session_total_tokens on session (project, total_tokens, tie);
create index session_cost on session (project, cost, tie);
create index session_latency_p95 on session (project, latency_p95, tie);

-- The sets of a session, each value with how many traces (tools: calls) bring it, and of tools the failures.
create table session_value (
  session int not null,
  kind int not null,
  value text not null,
  project int not null,
  n int not null,
  errors int not null,
  primary key (session, kind, value)
) strict, without rowid;

create index session_value_value on session_value (project, kind, value, session);

create table annotation (
  id text primary key,
  project text not null,
  kind text not null,
  session_id text,
  trace_id blob,
  span_id blob,
  name text not null,
  annotator_kind text not null,
  author text not null,
  identifier text not null,
  body blob not null,            -- msgpack: Annotation
  target blob not null,          -- hash over the target
  created int not null
) strict, without rowid;

create unique index annotation_identity on annotation (target, name, annotator_kind, author, identifier);
create index annotation_session on annotation (project, session_id) where session_id is not null;
create index annotation_trace on annotation (project, trace_id) where trace_id is not null;

-- Salted hashes of what was deleted: it stays deleted.
create table tombstone (
  hash blob primary key
) strict, without rowid;

create table deletion (
  id text primary key,
  project text not null,
  kind text not null,
  sessions int not null,
  traces int not null,
  spans int not null,
  requested int not null,
  state int not null             -- 0 hidden, 1 rows gone, 2 also gone from the text index and the WAL
) strict, without rowid;

-- Work that a deletion left to do. Traces of a session whose row is gone are hidden.
create table erasure (
  session integer primary key,
  deletion text not null
) strict;
