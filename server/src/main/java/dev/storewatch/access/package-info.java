/**
 * Who may use the server, for what, and for which stores: keys, people, roles, and the trail they
 * leave.
 */
@NullMarked
package dev.storewatch.access;

import org.jspecify.annotations.NullMarked;
