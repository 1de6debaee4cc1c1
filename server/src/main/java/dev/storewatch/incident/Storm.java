package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import java.util.Set;

/**
 * Many stores of a group at which something began at about the same time.
 *
 * @param group what they have in common: {@code fleet}, or for example {@code tag:west}
 * @param trouble what began; {@code MONITOR} if it is most of the fleet, for then it is more likely
 *     that the polls are wrong
 * @param since when it began at the first of them, in microseconds since the epoch
 * @param stores their keys
 * @param open how many stores of the group are open
 */
record Storm(String group, Trouble trouble, long since, Set<Integer> stores, int open) {}
