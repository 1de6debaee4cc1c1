/** What a request passes before it reaches a handler. */
@NullMarked
package dev.storewatch.gate;

import org.jspecify.annotations.NullMarked;
