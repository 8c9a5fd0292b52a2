-- A program's token has a person who answers for it. Tokens made before there were any means to make one are none.
delete from api_token;
alter table api_token add column staff_id bigint not null references staff;
create index on api_token (staff_id);
