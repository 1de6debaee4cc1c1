package dev.storewatch.demo;

import java.nio.file.Path;

/**
 * The files of a fleet.
 *
 * @param storeStatus the polls: {@code store_id,status,timestamp_utc}, in no order of time
 * @param businessHours the opening hours: {@code store_id,day,start_time_local,end_time_local}
 * @param timezones the zones: {@code store_id,timezone_str}
 * @param statusRows how many rows {@code storeStatus} has below its header, unreadable ones
 *     included
 */
public record FleetFiles(Path storeStatus, Path businessHours, Path timezones, long statusRows) {}
