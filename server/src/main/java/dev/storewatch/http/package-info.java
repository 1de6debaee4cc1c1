/** What all calls over HTTP have in common: bodies, pages, and problems as answers. */
@NullMarked
package dev.storewatch.http;

import org.jspecify.annotations.NullMarked;
