/**
 * What goes wrong at stores, and which of it is told to whom and when, so that people can bear it.
 *
 * <h2>Rationale</h2>
 *
 * <p>An incident is what people are told of: it opens when a rule finds something wrong, and ends
 * when that is over. What is wrong now is computed anew at each look, from the outages that are
 * kept, the last polls and the hours ({@link dev.storewatch.incident.Troubles}); what is kept is
 * which incidents are open, and which channel has heard of which. So a restart, a late poll or
 * other hours need no rule of their own: the next look finds another state, and tells the
 * difference.
 *
 * <p>To find is not to tell. An incident opens whenever something is wrong in business hours, and
 * is told only if it still lasts when it may be told: not shortly before closing, not while a mute
 * or the quiet hours of a recipient hold it back, not while it is part of something greater that is
 * told as one. The end is told whenever it comes to whoever heard of the beginning, and to nobody
 * else: a beginning can wait, but nobody should be left to believe that a store is down.
 *
 * <p>A look is one transaction in its turn among all servers, so incidents and the messages about
 * them are written together, once, or not at all.
 */
@NullMarked
package dev.storewatch.incident;

import org.jspecify.annotations.NullMarked;
