/**
 * The rules for what people and programs say of stores, for all ways in: ids, names, tags, dates,
 * reasons, and the time of a poll.
 */
@NullMarked
package dev.storewatch.entry;

import org.jspecify.annotations.NullMarked;
