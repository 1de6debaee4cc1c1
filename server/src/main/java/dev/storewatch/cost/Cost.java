package dev.storewatch.cost;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;

/**
 * What the orders are worth that a store lost while it was down, as an estimate.
 *
 * @param currency the currency of all amounts
 * @param lost for the time that counts as down
 * @param atLeast for the time in which it was down for certain
 * @param atMost for all time in which it may have been down
 * @param ordersPerHour the orders of an open hour, from the settings
 * @param orderValue what one is worth, from the settings
 */
public record Cost(
    @Schema(example = "USD") String currency,
    BigDecimal lost,
    BigDecimal atLeast,
    BigDecimal atMost,
    BigDecimal ordersPerHour,
    BigDecimal orderValue) {}
