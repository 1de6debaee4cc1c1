/** Who may use the server, for what, and for which stores: keys, people and roles. */
@NullMarked
package dev.storewatch.access;

import org.jspecify.annotations.NullMarked;
