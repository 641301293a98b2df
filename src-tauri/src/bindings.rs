//! The commands and the event, and their description in TypeScript.

use crate::changed::Changed;
use crate::dropped::Dropped;
use crate::opened::Opened;
use crate::{
    agenda_commands as agenda, app_commands as app, document_commands as documents,
    fact_commands as facts, location_commands as location, lock_commands as lock, pieces,
    shell_commands as shell, together_commands as together,
};
use specta_typescript::Typescript;
use std::path::{Path, PathBuf};
use tauri::Wry;
use tauri::ipc::Invoke;
use tauri_specta::{Builder, collect_commands, collect_events};

/// What the window may call and hear.
pub fn builder() -> Builder<Wry> {
    // One type for both directions: the interface always sends every field.
    Builder::new()
        .disable_serde_phases()
        .commands(collect_commands![
            app::overview,
            app::portal_links,
            app::sign_in,
            app::sign_out,
            app::sign_out_all,
            app::switch_account,
            app::children,
            app::timeline,
            app::saw_cards,
            app::card,
            app::sync_status,
            app::sync_now,
            app::sync_stop,
            app::save,
            app::save_for,
            app::saves,
            app::cancel_save,
            app::dismiss_save,
            app::storage_use,
            app::clear_cache,
            app::stop_clearing,
            app::set_settings,
            app::diagnostics,
            app::conversations,
            app::saw_conversations,
            app::conversation,
            app::open_conversation,
            app::refresh_conversations,
            app::unread,
            app::writing,
            app::draft,
            app::save_draft,
            app::discard_draft,
            app::remove_file,
            app::stop_adding,
            app::send_draft,
            app::outbox,
            app::withdraw_write,
            app::edit_write,
            app::retry_write,
            app::decide_write,
            app::search,
            app::unsent,
            agenda::agenda,
            agenda::agenda_state,
            agenda::refresh_agenda,
            agenda::today,
            agenda::possibilities,
            agenda::quote,
            agenda::request_form,
            agenda::save_request_form,
            agenda::discard_request_form,
            agenda::send_request,
            agenda::wishes,
            agenda::open_wish,
            agenda::discard_wish,
            agenda::expected,
            agenda::send_absence,
            agenda::confirm_late_absence,
            agenda::requests,
            agenda::request,
            agenda::saw_requests,
            agenda::cancel_line,
            agenda::credits,
            agenda::calendar_feed,
            agenda::set_calendar_feed,
            documents::documents,
            documents::refresh_documents,
            documents::open_document,
            location::location,
            location::refresh_location,
            location::articles,
            location::article,
            location::open_article,
            location::newsletters,
            location::newsletter,
            location::open_newsletter,
            location::show_newsletter_pictures,
            facts::fact,
            facts::refresh_fact,
            facts::saw_consents,
            facts::saw_observations,
            facts::saw_observation,
            facts::change_details,
            facts::change_password,
            facts::password_strength,
            facts::answer_consent,
            facts::set_portal_notices,
            facts::open_attached,
            lock::lock_state,
            lock::lock_now,
            lock::lock_is_shown,
            lock::parent_is_here,
            lock::unlock,
            lock::has_fingerprint,
            lock::unlock_by_fingerprint,
            lock::set_pin,
            lock::remove_pin,
            lock::forget_pin,
            together::together_overview,
            together::together_timeline,
            shell::export_calendar,
            shell::save_diagnostics,
            shell::pick_folder,
            shell::pick_pictures,
            shell::add_dropped,
            shell::take_opened,
            shell::open_folder,
            shell::open_link,
            shell::copy_image,
            shell::copy_text,
            shell::start_drag,
            shell::let_go_of_drag,
            shell::resolve_language,
            shell::quit,
            shell::suggested_portal,
            shell::bench_mark,
        ])
        .events(collect_events![Changed, Opened, Dropped])
}

/// Answers what the window calls.
pub fn answers(described: &Builder<Wry>) -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    let answer = described.invoke_handler();
    move |invoke| match invoke.message.command() {
        pieces::COMMAND => pieces::answer(invoke),
        _ => answer(invoke),
    }
}

/// Where the description belongs.
pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/bindings.ts")
}

/// Writes the description to `file`.
///
/// # Errors
/// When a type cannot be described or the file cannot be written.
pub fn write(file: &Path) -> Result<(), specta_typescript::Error> {
    let header = "/* eslint-disable */\n// Generated by `cargo run -p schriftje --bin bindings`.";
    let result = "/** What a command answers. */\nexport type Result<T, E> = \
        { status: \"ok\"; data: T } | { status: \"error\"; error: E };";
    builder().export(Typescript::default().header(header).with_raw(result), file)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_interface_knows_the_commands_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        super::write(&fresh).unwrap();
        let read = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
        assert!(
            read(&fresh) == read(&super::path()),
            "ui/src/lib/bindings.ts is out of date: cargo run -p schriftje --bin bindings"
        );
    }
}
