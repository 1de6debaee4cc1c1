package dev.storewatch.dashboard;

import dev.storewatch.cost.Costs;
import dev.storewatch.database.DataFolder;
import dev.storewatch.history.HoursOfWeek;
import dev.storewatch.history.StoreGroups;
import dev.storewatch.history.StoreHistories;
import dev.storewatch.importing.FileIntake;
import dev.storewatch.outage.OutageBook;
import dev.storewatch.poll.Polls;
import dev.storewatch.report.FleetReport;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.States;
import dev.storewatch.store.Stores;
import dev.storewatch.timeline.Explainer;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the pages are made of. */
@Configuration(proxyBeanMethods = false)
class DashboardBeans {
  /** A wall screen, and a phone in some kitchens; each waits and takes some kilobytes. */
  private static final int MOST_OPEN_PAGES = 1_000;

  @Bean
  FleetFigures fleetFigures(
      FleetReport report, Polls polls, Stores stores, HoursSettings hours, Clock clock) {
    return new FleetFigures(report, polls, stores, hours.lateClose(), clock, System::nanoTime);
  }

  @Bean
  FiguresAhead figuresAhead(Fleet fleet) {
    return new FiguresAhead(fleet);
  }

  @Bean
  Fleet fleet(
      States states, FleetFigures figures, Polls polls, OutageBook outages, HoursSettings hours) {
    return new Fleet(
        states, figures, new Strips(polls, hours.lateClose()), outages, hours.lateClose());
  }

  @Bean
  StoreNow storeNow(
      States states, Explainer explainer, OutageBook outages, Costs costs, HoursSettings hours) {
    return new StoreNow(states, explainer, outages, costs, hours.lateClose());
  }

  @Bean
  HistoryPanels historyPanels(StoreHistories histories, StoreGroups groups, HoursOfWeek hours) {
    return new HistoryPanels(histories, groups, hours);
  }

  @Bean
  OtherNumbers otherNumbers(States states, Explainer explainer, Polls polls, HoursSettings hours) {
    return new OtherNumbers(states, explainer, polls, hours.lateClose());
  }

  @Bean
  FirstRun firstRun(Stores stores, FileIntake intake, DataFolder folder) {
    return new FirstRun(stores, intake, folder);
  }

  @Bean
  LiveEvents liveEvents(Polls polls, Stores stores, FleetFigures figures) {
    return new LiveEvents(polls, stores, figures, MOST_OPEN_PAGES);
  }
}
