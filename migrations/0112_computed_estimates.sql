-- Of a yearly estimate that was computed: the months whose use it rests on.
alter table annual_estimate add basis daterange check (not isempty(basis));
