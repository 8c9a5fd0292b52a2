-- Days with anything that was not simply measured are few, and are counted by day and grid area.
create index on reading_day (day) where quality is not null;
