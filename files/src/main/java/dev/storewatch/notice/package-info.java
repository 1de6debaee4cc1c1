/**
 * What whoever reads figures must know about the data that they rest on: what may be wrong with it,
 * and the sentences that say so.
 */
@NullMarked
package dev.storewatch.notice;

import org.jspecify.annotations.NullMarked;
