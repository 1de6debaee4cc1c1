package dev.storewatch;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.Passwords;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.audit.AuditTrail;
import dev.storewatch.calendar.ClosureBook;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.history.History;
import dev.storewatch.importing.ImportUndo;
import dev.storewatch.importing.Importer;
import dev.storewatch.importing.Imports;
import dev.storewatch.importing.Uploads;
import dev.storewatch.poll.PollIntake;
import dev.storewatch.poll.PollListener;
import dev.storewatch.poll.Polls;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportComparison;
import dev.storewatch.report.Reports;
import dev.storewatch.revision.Revisions;
import dev.storewatch.source.ProbeBook;
import dev.storewatch.source.SourceBook;
import dev.storewatch.store.Stores;
import dev.storewatch.timeline.Explainer;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts that the server shares with the commands, as its beans. */
@Configuration(proxyBeanMethods = false)
class PartBeans {
  @Bean
  Polls polls(Database database) {
    return Polls.open(database);
  }

  @Bean
  Passwords passwords() {
    return Passwords.standard();
  }

  @Bean
  Parts parts(
      DataFolder folder,
      Database database,
      Clock clock,
      Polls polls,
      ObjectProvider<PollListener> listeners,
      Passwords passwords) {
    return new Parts(folder, database, clock, polls, listeners.stream().toList(), passwords);
  }

  @Bean
  Stores stores(Parts parts) {
    return parts.stores();
  }

  @Bean
  PollIntake pollIntake(Parts parts) {
    return parts.intake();
  }

  @Bean
  Imports imports(Parts parts) {
    return parts.imports();
  }

  @Bean
  Uploads uploads(Parts parts) {
    return parts.uploads();
  }

  @Bean
  Importer importer(Parts parts) {
    return parts.importer();
  }

  @Bean
  ImportUndo importUndo(Parts parts) {
    return parts.undo();
  }

  @Bean
  Reports reports(Parts parts) {
    return parts.reports();
  }

  @Bean
  FleetReport fleetReport(Parts parts) {
    return parts.fleetReport();
  }

  /** Notes as the server starts that the table of time zones is of another release. */
  @Bean(initMethod = "noteZoneRules")
  Revisions revisions(Parts parts) {
    return parts.revisions();
  }

  @Bean
  ReportComparison reportComparison(Parts parts) {
    return parts.comparison();
  }

  @Bean
  Explainer explainer(Parts parts) {
    return parts.explainer();
  }

  @Bean
  History history(Parts parts) {
    return parts.history();
  }

  @Bean
  ClosureBook closureBook(Parts parts) {
    return parts.closures();
  }

  @Bean
  SourceBook sourceBook(Parts parts) {
    return parts.sources();
  }

  @Bean
  ProbeBook probeBook(Parts parts) {
    return parts.probes();
  }

  @Bean
  Deliveries deliveries(Parts parts) {
    return parts.deliveries();
  }

  @Bean
  AccessBook accessBook(Parts parts) {
    return parts.access();
  }

  @Bean
  AuditTrail auditTrail(Parts parts) {
    return parts.trail();
  }
}
