//! Drafts: what is half-written, with photos and videos, until it is sent.

use crate::App;
use crate::account::Open;
use crate::api::{Added, AppError, DraftWithFiles, ErrorCode, Rejected, RejectedWhy, Tag, Writing};
use crate::attach::{self, FromDisk, Rules};
use crate::writing::{checked, target};
use schriftje_model::{Draft, DraftPlace, FileId, MediaKind, OutFile, Write, WriteId};
use schriftje_store::{NewOutFile, StoreError};
use schriftje_sync::{Offered, SyncError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Bytes written to the store in one go.
const PIECE: usize = 1 << 20;
/// A name longer than this is cut, for the eye.
const LONGEST_NAME: usize = 120;
/// How often a draft that changes meanwhile is looked at before it is not sent after all.
const LOOKS: u32 = 5;
/// So long after the first look comes the second; each after that takes as much longer.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

impl App {
    /// What can be written at this portal, as it last told.
    pub async fn writing(&self) -> Result<Writing, AppError> {
        let open = self.registry.current()?;
        let offered = offered(&open).await?;
        let portal = open.store.account().await?.map(|record| record.portal).unwrap_or_default();
        let limits = &offered.limits;
        let photos = offered.has("uploads");
        Ok(Writing {
            messages: offered.has("messages"),
            diary: offered.has("diary"),
            photos,
            videos: photos && !limits.video_types.is_empty(),
            subject_characters: limits.subject_characters,
            text_characters: limits.text_characters,
            files: limits.uploads,
            file_bytes: limits.upload_bytes,
            web_portal: format!("{}/parent/", portal.trim_end_matches('/')),
        })
    }

    /// What is half-written there, or an empty draft.
    pub async fn draft(&self, place: DraftPlace) -> Result<DraftWithFiles, AppError> {
        let open = self.registry.current()?;
        let (draft, files) = match open.store.draft(place.clone()).await? {
            Some(kept) => kept,
            None => (Draft::empty(place), Vec::new()),
        };
        Ok(DraftWithFiles { draft, files })
    }

    /// Keeps a draft.
    pub async fn save_draft(&self, draft: Draft) -> Result<(), AppError> {
        let open = self.registry.current()?;
        Ok(open.store.save_draft(draft, self.host.clock.now()).await?)
    }

    /// Throws a draft away, with its files.
    pub async fn discard_draft(&self, place: DraftPlace) -> Result<(), AppError> {
        self.registry.current()?.store.discard_draft(place).await?;
        Ok(())
    }

    /// Adds photos and videos from files. What cannot go along is told and leaves the rest alone.
    pub async fn add_files(
        &self,
        place: DraftPlace,
        paths: Vec<PathBuf>,
    ) -> Result<Added, AppError> {
        let open = self.registry.current()?;
        let adding = self.adding(&open, &place).await?;
        let mut rejected = Vec::new();
        for path in paths {
            if adding.stopped() {
                break;
            }
            let name = name_of(&path);
            let rules = adding.rules.clone();
            let ready = move || attach::from_disk(&path, &rules);
            let added = self.add(&open, &adding, &name, ready).await?;
            rejected.extend(added.err().map(|why| Rejected { name, why }));
        }
        self.added(&open, place, rejected).await
    }

    /// Adds a photo or video that was pasted, or that a phone gave.
    pub async fn add_bytes(
        &self,
        place: DraftPlace,
        name: String,
        bytes: Vec<u8>,
    ) -> Result<Added, AppError> {
        let open = self.registry.current()?;
        let adding = self.adding(&open, &place).await?;
        let name = name_of(Path::new(&name));
        let rules = adding.rules.clone();
        let ready = move || attach::ready(bytes, &rules).map(FromDisk::Made);
        let added = self.add(&open, &adding, &name, ready).await?;
        let rejected = added.err().map(|why| Rejected { name, why });
        self.added(&open, place, rejected.into_iter().collect()).await
    }

    /// Stops adding the rest of the files that are being added.
    pub async fn stop_adding(&self) -> Result<(), AppError> {
        self.adding_round.send_modify(|round| *round += 1);
        Ok(())
    }

    /// Takes a photo or video off a draft.
    pub async fn remove_file(&self, place: DraftPlace, id: FileId) -> Result<Added, AppError> {
        let open = self.registry.current()?;
        open.store.remove_draft_file(place.clone(), id).await?;
        self.added(&open, place, Vec::new()).await
    }

    /// Puts a draft into the send queue; it goes out as soon as it can. What is wrong with it is
    /// told before, and the draft stays as it is.
    pub async fn send_draft(&self, place: DraftPlace) -> Result<Write, AppError> {
        let open = self.registry.current()?;
        for look in 1..=LOOKS {
            if let Some(write) = self.queue(&open, &place).await? {
                self.host.changes.tell(Tag::Outbox);
                open.send();
                return Ok(write);
            }
            // What a window that crashed left half added is on its way no more.
            open.store.clear_broken_off().await?;
            // Something was typed, or a photo is on its way to it: from another window, mostly.
            tokio::time::sleep(LOOK_AGAIN * look).await;
        }
        Err(AppError::new(ErrorCode::Busy, "the draft is still being changed"))
    }

    /// Puts a draft into the send queue as it stands; `None` when it changed meanwhile.
    async fn queue(&self, open: &Open, place: &DraftPlace) -> Result<Option<Write>, AppError> {
        let Some((draft, files)) = open.store.draft(place.clone()).await? else {
            return Err(AppError::new(ErrorCode::TextEmpty, "nothing was written"));
        };
        let offered = offered(open).await?;
        let children = open.store.children().await?;
        let children: Vec<_> = children.into_iter().map(|counted| counted.child).collect();
        let now = self.host.clock.now();
        let what = checked(&draft, files.len(), &children, &offered, now)?;
        not_too_many(files.len(), &offered)?;
        if !draft.keep_place {
            forget_places(open, place, &files).await?;
        }
        let target = target(&what);
        let files = files.into_iter().map(|file| file.id).collect();
        Ok(open.store.queue_draft(draft, files, new_id(), what, target, now).await?)
    }

    /// Puts something into the send queue that was never a draft, with photos and videos from
    /// files: for a host without drafts. What cannot go along refuses the whole.
    ///
    /// # Errors
    /// What is wrong with it, [`ErrorCode::TooManyFiles`], or [`ErrorCode::FileNotTaken`] with the
    /// name of the file and why.
    pub async fn write(&self, draft: Draft, paths: Vec<PathBuf>) -> Result<Write, AppError> {
        let open = self.registry.current()?;
        let offered = offered(&open).await?;
        let children = open.store.children().await?;
        let children: Vec<_> = children.into_iter().map(|counted| counted.child).collect();
        let now = self.host.clock.now();
        let what = checked(&draft, paths.len(), &children, &offered, now)?;
        if !paths.is_empty() && !offered.has("uploads") {
            return Err(AppError::new(ErrorCode::FileNotTaken, "no photos can go along"));
        }
        not_too_many(paths.len(), &offered)?;
        let rules = rules(&offered);
        let _adding = open.store.adding().await?;
        let mut files = Vec::with_capacity(paths.len());
        for path in paths {
            let name = name_of(&path);
            let (rules, keep_place) = (rules.clone(), draft.keep_place);
            let not_taken = |why: RejectedWhy| {
                AppError::new(ErrorCode::FileNotTaken, format!("{why:?}")).saying(name.clone())
            };
            let ready = tokio::task::spawn_blocking(move || {
                let mut ready = attach::from_disk(&path, &rules)?;
                if let FromDisk::Made(ready) = &mut ready
                    && !keep_place
                    && let Some(without) = attach::without_place(&ready.bytes)
                {
                    ready.bytes = without;
                }
                Ok(ready)
            });
            let ready = ready.await.unwrap_or(Err(RejectedWhy::Broken)).map_err(not_taken)?;
            let id = open.store.begin_loose_file(begun(&name, &ready)).await?;
            files.push(fill(&open, id, ready).await?.map_err(not_taken)?.id);
        }
        let (id, target) = (new_id(), target(&what));
        let keep_place = draft.keep_place;
        let write = open.store.queue_write(id, what, target, files, keep_place, now).await?;
        self.host.changes.tell(Tag::Outbox);
        open.send();
        write.ok_or_else(|| AppError::internal("a file was lost on the way to the queue"))
    }

    async fn adding(&self, open: &Open, place: &DraftPlace) -> Result<Adding, AppError> {
        let offered = offered(open).await?;
        // A file belongs to a draft, so there is one from now on.
        if open.store.draft(place.clone()).await?.is_none() {
            open.store.save_draft(Draft::empty(place.clone()), self.host.clock.now()).await?;
        }
        open.store.clear_broken_off().await?;
        let round = self.adding_round.subscribe();
        let begun = *round.borrow();
        Ok(Adding {
            _lock: open.store.adding().await?,
            place: place.clone(),
            taken: offered.has("uploads"),
            most: offered.limits.uploads,
            rules: rules(&offered),
            begun,
            round,
        })
    }

    async fn add(
        &self,
        open: &Open,
        adding: &Adding,
        name: &str,
        ready: impl FnOnce() -> Result<FromDisk, RejectedWhy> + Send + 'static,
    ) -> Result<Result<OutFile, RejectedWhy>, AppError> {
        if !adding.taken {
            return Ok(Err(RejectedWhy::NotTaken));
        }
        let here = open.store.draft(adding.place.clone()).await?;
        if here.is_some_and(|(_, files)| files.len() >= adding.most as usize) {
            return Ok(Err(RejectedWhy::TooMany));
        }
        let ready = tokio::task::spawn_blocking(ready).await;
        let ready = match ready.unwrap_or(Err(RejectedWhy::Broken)) {
            Ok(ready) => ready,
            Err(why) => return Ok(Err(why)),
        };
        let place = adding.place.clone();
        let id = open.store.begin_file(place.clone(), begun(name, &ready)).await?;
        let file = match fill(open, id.clone(), ready).await {
            Ok(Ok(file)) => file,
            // Half a file would be in the way of sending.
            not_added => {
                open.store.remove_draft_file(place, id).await?;
                return not_added;
            }
        };
        self.host.changes.tell(Tag::Outbox);
        Ok(Ok(file))
    }

    async fn added(
        &self,
        open: &Open,
        place: DraftPlace,
        rejected: Vec<Rejected>,
    ) -> Result<Added, AppError> {
        let kept = open.store.draft(place).await?;
        Ok(Added { files: kept.map(|(_, files)| files).unwrap_or_default(), rejected })
    }
}

/// Files being added to a draft.
struct Adding {
    _lock: schriftje_store::Adding,
    place: DraftPlace,
    taken: bool,
    most: u32,
    rules: Rules,
    begun: u32,
    round: tokio::sync::watch::Receiver<u32>,
}

impl Adding {
    /// Whether the parent has had enough.
    fn stopped(&self) -> bool {
        *self.round.borrow() != self.begun
    }
}

fn rules(offered: &Offered) -> Rules {
    let limits = offered.limits.clone();
    Rules {
        photo_pixels: limits.photo_pixels,
        photo_types: limits.photo_types,
        video_types: limits.video_types,
        bytes: limits.upload_bytes,
    }
}

fn not_too_many(files: usize, offered: &Offered) -> Result<(), AppError> {
    let most = offered.limits.uploads;
    if files <= most as usize {
        return Ok(());
    }
    Err(AppError::new(ErrorCode::TooManyFiles, format!("at most {most} files")))
}

fn new_id() -> WriteId {
    WriteId(uuid::Uuid::new_v4().to_string())
}

/// What the portal offers, or last did. Where nobody ever asked and nobody can, nothing.
pub(crate) async fn offered(open: &Open) -> Result<Offered, AppError> {
    let Ok(line) = open.line() else { return Ok(Offered::default()) };
    match line.engine.offered().await {
        Ok(offered) => Ok(offered),
        Err(SyncError::Store(error)) => Err(error.into()),
        Err(_) => Ok(Offered::default()),
    }
}

/// What the store is told of a file before its bytes come.
fn begun(name: &str, ready: &FromDisk) -> NewOutFile {
    let (mime, kind) = match ready {
        FromDisk::Made(ready) => (ready.mime, ready.kind),
        FromDisk::Film(film) => (film.mime, MediaKind::Video),
    };
    NewOutFile { name: name.to_owned(), mime: mime.to_owned(), kind }
}

/// Writes a file to the store, in pieces. A film may turn out broken on the way.
async fn fill(
    open: &Open,
    id: FileId,
    ready: FromDisk,
) -> Result<Result<OutFile, RejectedWhy>, AppError> {
    match ready {
        FromDisk::Made(ready) => {
            for piece in ready.bytes.chunks(PIECE) {
                open.store.append_piece(id.clone(), piece.to_vec()).await?;
            }
        }
        FromDisk::Film(mut film) => {
            let mut start = 0;
            loop {
                let read = tokio::task::spawn_blocking(move || {
                    let piece = film.piece(start, PIECE as u64);
                    (film, piece)
                });
                let (back, piece) =
                    read.await.map_err(|_| AppError::internal("a film could not be read"))?;
                film = back;
                let piece = match piece {
                    Ok(piece) if piece.is_empty() => break,
                    Ok(piece) => piece,
                    Err(why) => return Ok(Err(why)),
                };
                start += piece.len() as u64;
                open.store.append_piece(id.clone(), piece).await?;
            }
        }
    }
    let file = open.store.finish_file(id).await?;
    Ok(Ok(file.ok_or_else(|| AppError::not_found("draft"))?))
}

/// Takes the place out of photos that tell one, one photo at a time. Films and other kinds of
/// photos lost it when they were added.
async fn forget_places(open: &Open, place: &DraftPlace, files: &[OutFile]) -> Result<(), AppError> {
    for file in files.iter().filter(|file| file.mime == "image/jpeg") {
        let bytes = whole(open, file).await?;
        let without = tokio::task::spawn_blocking(move || attach::without_place(&bytes)).await;
        let without = without.map_err(|_| AppError::internal("a photo could not be read"))?;
        if let Some(bytes) = without {
            open.store.replace_draft_file(place.clone(), file.id.clone(), bytes).await?;
        }
    }
    Ok(())
}

async fn whole(open: &Open, file: &OutFile) -> Result<Vec<u8>, StoreError> {
    open.store.file_piece(file.id.clone(), 0, file.bytes).await
}

/// A file's own name, fit to be shown.
fn name_of(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let shown = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect::<String>();
    if shown.trim().is_empty() { "foto".to_owned() } else { shown }
}
