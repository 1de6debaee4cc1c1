package dev.storewatch.cost;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;

/**
 * What the orders are worth that several stores lost while they were down, as an estimate.
 *
 * @param currency the currency of all amounts
 * @param lost for the time that counts as down
 * @param atLeast for the time in which they were down for certain
 * @param atMost for all time in which they may have been down
 * @param stores of how many of the stores the settings have a rate: the others count for nothing
 */
public record CostOfSeveral(
    @Schema(example = "USD") String currency,
    BigDecimal lost,
    BigDecimal atLeast,
    BigDecimal atMost,
    @Schema(description = "Of how many of the stores there is a rate") int stores) {}
