/** The description of the interface, for people and for programs that are made of it. */
@NullMarked
package dev.storewatch.openapi;

import org.jspecify.annotations.NullMarked;
