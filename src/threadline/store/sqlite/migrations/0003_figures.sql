-- Indexes that figures are read from alone, and that say quickly where few of many are.

-- This entry is written anew at each turn anyway, so that the other figures beside it cost next to nothing.
drop index session_last_activity;
create index session_last_activity on session (
  project, last_activity, tie, start_time, duration, turn_count, error_count, prompt_tokens, completion_tokens,
  total_tokens, cost, unpriced, latency_p95
);

-- Calls and failures of tools (kind 2).
create index session_value_tool on session_value (project, value, session, n, errors) where kind = 2;

-- Values that read differently when folded: all others are found in session_value itself.
create index value_differs on value (project, kind, value) where differs is not null;

-- Failed turns.
create index trace_failed on trace (project, session) where status = 2;
