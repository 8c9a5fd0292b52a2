-- Today's name and address of a person, by a b-tree: the index of the period constraint is a GiST, three times as dear to look in. Every list of
-- people, the search and the card ask for them.
create index on customer_name (customer_id) where kind = 'official' and upper_inf(during);
create index on postal_address (customer_id) where upper_inf(during);
