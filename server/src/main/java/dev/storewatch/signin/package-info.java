/**
 * How people sign in, and the sessions that this begins.
 *
 * <h2>Rationale</h2>
 *
 * <p>{@code SharedSessions} has its own few statements on the tables of Spring Session. A request
 * writes only the attributes that it changed, and none brings back a session that has ended
 * meanwhile. The library's repository needed both of its statements replaced for that, and dates
 * far ahead so that it would not end sessions by the clock of the machine instead of the
 * database's.
 *
 * <p>{@code SessionBytes} reads back a closed list of classes: else whoever can write into the
 * table could have the server run code.
 */
@NullMarked
package dev.storewatch.signin;

import org.jspecify.annotations.NullMarked;
