/**
 * What this server asks of other machines over HTTP: which addresses it may reach, and how long and
 * how much it waits for.
 *
 * <h2>Rationale</h2>
 *
 * <p>Addresses that people enter lead this server to other machines, so they could lead it to
 * machines that only it can reach: to itself, to its neighbours, to the service that hands out the
 * keys of a cloud. A name is no protection, because its owner decides what it means, and may decide
 * otherwise between a check and the connection. So it is the resolver of the client that checks: it
 * gives the client the addresses that it then connects to, and there is no second look-up. Each hop
 * of a redirect is a request of its own and checked the same way.
 *
 * <p>The client is Apache's, because its resolver belongs to one client. Java's own has none: the
 * one that Java lets a program replace is that of the whole process, the database's included, and
 * Java's client may look a name up again. Redirects, cookies, retries, unpacking and proxies of the
 * client are off: each would go where nobody looked.
 */
@NullMarked
package dev.storewatch.outgoing;

import org.jspecify.annotations.NullMarked;
