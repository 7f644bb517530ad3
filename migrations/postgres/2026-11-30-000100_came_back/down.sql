alter table outbox drop column came_back;
