-- A list leaves for a program as well.
alter table list_export drop constraint list_export_form_check;
alter table list_export add constraint list_export_form_check check (form in ('csv', 'xlsx', 'json'));
