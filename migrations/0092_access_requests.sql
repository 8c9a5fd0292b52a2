-- Requests are random, so their index cost a third of a line's sealing. Lines in doubt after a crash are found by their time, which has an index.
drop index if exists access_event_request_idx;
