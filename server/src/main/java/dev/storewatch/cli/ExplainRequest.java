package dev.storewatch.cli;

import dev.storewatch.hours.LateClose;
import dev.storewatch.uptime.Rule;
import java.time.Duration;

/**
 * An explanation as the command line asks for it.
 *
 * @param asOf {@code latest}, {@code now} or an ISO 8601 instant
 */
record ExplainRequest(
    String storeId, String asOf, Rule rule, Duration window, LateClose lateClose) {}
