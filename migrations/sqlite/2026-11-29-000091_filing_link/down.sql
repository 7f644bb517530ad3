drop table filing_link_item;
drop table filing_link;
