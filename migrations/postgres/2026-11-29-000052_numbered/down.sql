drop index recommendation_number_idx;
