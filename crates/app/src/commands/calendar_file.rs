//! "Agenda" in other programs: the planning as a file, and for calendar programs on this device.

use crate::App;
use crate::account::Open;
use crate::api::{AppError, CalendarFeed, ErrorCode, ExportedCalendar, Tag};
use crate::calendar::{Book, address, new_place, put};
use crate::error::save_folder;
use schriftje_model::Day;
use schriftje_store::FeedPlace;
use std::path::PathBuf;

impl App {
    /// The calendar on this device for calendar programs.
    pub async fn calendar_feed(&self) -> Result<CalendarFeed, AppError> {
        let open = self.registry.current()?;
        let place = open.store.calendar_feed().await?;
        if self.host.background
            && let Some(place) = &place
        {
            // An account that could not be opened when the app started.
            self.give_out(&open, None, place.clone()).await;
        }
        Ok(feed(place.as_ref()))
    }

    /// Switches that calendar on or off; switched on anew, it has a new address.
    pub async fn set_calendar_feed(&self, on: bool) -> Result<CalendarFeed, AppError> {
        let open = self.registry.current()?;
        let _one = self.feed_switch.lock().await;
        let known = open.store.calendar_feed().await?;
        let place = match known {
            Some(known) if on => {
                self.give_out(&open, None, known.clone()).await;
                Some(known)
            }
            None if on => {
                let (listener, place) = new_place()
                    .await
                    .map_err(|_| AppError::internal("no port on this device is free"))?;
                open.store.set_calendar_feed(Some(place.clone())).await?;
                self.give_out(&open, Some(listener), place.clone()).await;
                Some(place)
            }
            _ => {
                self.feeds.stop(&open.id).await;
                open.store.set_calendar_feed(None).await?;
                None
            }
        };
        self.host.changes.tell(Tag::Settings);
        Ok(feed(place.as_ref()))
    }

    /// Writes the slots from `from` to `until`, or all that are known, to an iCalendar file.
    pub async fn export_calendar(
        &self,
        to: PathBuf,
        from: Option<Day>,
        until: Option<Day>,
    ) -> Result<ExportedCalendar, AppError> {
        if !to.is_absolute() {
            return Err(AppError::new(ErrorCode::FolderNotWritable, "not the path of a file"));
        }
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            let message = "the last day is before the first";
            return Err(AppError::new(ErrorCode::PeriodNotAllowed, message));
        }
        let open = self.registry.current()?;
        let issue = self.book(&open).issue(from, until).await?;
        let file = to.display().to_string();
        let written = tokio::task::spawn_blocking(move || put(&to, &issue.text)).await;
        written
            .map_err(|_| AppError::internal("writing the calendar was cut short"))?
            .map_err(|error| save_folder(&error))?;
        Ok(ExportedCalendar { file, events: issue.events })
    }

    /// Gives out the calendars that are switched on.
    pub(crate) async fn give_out_calendars(&self) {
        for open in self.registry.opened() {
            match open.store.calendar_feed().await {
                Ok(Some(place)) => self.give_out(&open, None, place).await,
                Ok(None) => {}
                Err(_) => tracing::warn!("it cannot be read whether the calendar is switched on"),
            }
        }
    }

    async fn give_out(
        &self,
        open: &Open,
        listener: Option<tokio::net::TcpListener>,
        place: FeedPlace,
    ) {
        let book = self.book(open);
        self.feeds.start(open.id.clone(), listener, place, book, open.closed()).await;
    }

    fn book(&self, open: &Open) -> Book {
        Book {
            store: open.store.clone(),
            clock: self.host.clock.clone(),
            settings: self.settings.clone(),
        }
    }
}

fn feed(place: Option<&FeedPlace>) -> CalendarFeed {
    CalendarFeed { on: place.is_some(), url: place.map(address) }
}
