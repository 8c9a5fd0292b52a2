-- A telephone number, an e-mail address and an identity code: of one person, the same value is current once, or ends once on a day. Former periods of one
-- value that overlap would mislead nobody, and refusing them by a constraint over periods (a GiST over texts) cost ten times the row itself. One index
-- serves the rule and the look at a person.
alter table contact_point drop constraint contact_point_customer_id_channel_value_during_key;
create unique index contact_point_current_once on contact_point (customer_id, channel collate "C", value collate "C", upper(during)) nulls not distinct;

alter table identity_code drop constraint identity_code_customer_id_during_key;
create unique index identity_code_current_once on identity_code (customer_id, upper(during)) nulls not distinct;
