drop table person_digest;
