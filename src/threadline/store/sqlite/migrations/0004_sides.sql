-- Texts are indexed by side, in two tables a project that are made with their first row: all of them wait anew. Until
-- they are in, search reads them (after_first.py drops the tables that held both sides together).
insert into unindexed (project, trace, replaces)
select t.project, t.id, 0 from turn_text x join trace t on t.id = x.trace where true
on conflict do update set replaces = 0;

-- Names end in two characters that stand for their end, so that one or two characters are found by the vocabulary.
insert into name_text (name_text) values ('delete-all');
update meta set value = 0 where name = 'names_indexed';
create virtual table name_text_terms using fts5vocab (name_text, 'row');
