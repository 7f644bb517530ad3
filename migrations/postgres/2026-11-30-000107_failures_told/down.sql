alter table person_digest drop column failed_upto;
