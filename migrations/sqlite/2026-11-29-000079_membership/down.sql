drop table group_asked;
drop table membership;
