drop table pack_inquiry;
drop table pack;
