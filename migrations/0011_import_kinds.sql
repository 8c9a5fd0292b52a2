-- Homes that nobody lives in have no trace of an import but its handle on the row: undoing finds them by it.
create index on site (recorded_by, id) where recorded_by like 'import:%';
create index on accounting_point (recorded_by, id) where recorded_by like 'import:%';
