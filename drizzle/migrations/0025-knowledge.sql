-- What voice agents may know: documents, cut into pieces that are found by keyed hashes of their words.

set role orinode_owner;

create table knowledge_document (
  org uuid not null,
  id uuid not null,
  title_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(title_sealed)) stored,
  -- One more each time its text is replaced.
  version integer not null check (version > 0),
  bytes integer not null check (bytes > 0),
  chunks integer not null check (chunks > 0),
  added_by uuid not null,
  added_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  primary key (org, id),
  foreign key (org) references organisation (id),
  foreign key (org, added_by) references member (org, id)
);

create table knowledge_chunk (
  org uuid not null,
  id uuid not null,
  document_id uuid not null,
  seq integer not null check (seq >= 0),
  text_sealed sealed not null,
  oldest_key_version integer generated always as (sealed_version(text_sealed)) stored,
  -- How many words it has; which, as the beginnings of keyed hashes; and how often each, in the same order.
  length integer not null check (length > 0),
  terms bigint[] not null,
  counts smallint[] not null check (cardinality(counts) = cardinality(terms)),
  primary key (org, id),
  unique (org, document_id, seq),
  foreign key (org, document_id) references knowledge_document (org, id) on delete cascade
);
create index knowledge_chunk_terms on knowledge_chunk using gin (terms);

call make_tenant_table('knowledge_document', 'org', 'id');
call make_tenant_table('knowledge_chunk', 'org', 'document_id');

grant select on knowledge_document, knowledge_chunk to orinode_web, orinode_worker;
grant insert (org, id, title_sealed, version, bytes, chunks, added_by, added_at, changed_at) on knowledge_document to orinode_web;
grant update (title_sealed, version, bytes, chunks, changed_at), delete on knowledge_document to orinode_web;
grant insert (org, id, document_id, seq, text_sealed, length, terms, counts), delete on knowledge_chunk to orinode_web;

reset role;
