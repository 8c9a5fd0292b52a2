-- Edit distance for near names, in the search for duplicates.
create extension if not exists fuzzystrmatch;
