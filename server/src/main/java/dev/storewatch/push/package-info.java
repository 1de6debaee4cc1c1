/** Polls that senders push over HTTP. */
@NullMarked
package dev.storewatch.push;

import org.jspecify.annotations.NullMarked;
