package dev.storewatch.cli;

import dev.storewatch.hours.LateClose;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Asked;

/**
 * A request of the command line for an explanation.
 *
 * @param asOf {@code latest}, {@code now} or an ISO 8601 instant
 */
record ExplainRequest(String storeId, String asOf, Rule rule, Asked window, LateClose lateClose) {}
