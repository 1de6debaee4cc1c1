/** How people sign in, and the sessions that this begins. */
@NullMarked
package dev.storewatch.signin;

import org.jspecify.annotations.NullMarked;
