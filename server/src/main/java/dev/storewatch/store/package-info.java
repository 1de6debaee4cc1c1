/**
 * Which stores there are, with names, zones, business hours and tags; and who may see which.
 *
 * <h2>Rationale</h2>
 *
 * <p>{@link States} stays here although states need polls: the list of stores is filtered by state,
 * and polls need stores. So what is asked stands here and is implemented in {@code state}, above
 * both; else the packages would form a circle. {@link Belongings} is there for the same reason: a
 * store is deleted with data that this package does not know.
 */
@NullMarked
package dev.storewatch.store;

import org.jspecify.annotations.NullMarked;
