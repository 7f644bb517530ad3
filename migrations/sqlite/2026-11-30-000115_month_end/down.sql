drop table month_end;
