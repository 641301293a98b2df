//! What a portal of our extension tells of the place and the family, piece by piece. Each piece is
//! read whole and kept as it was read.

use crate::{
    ArticleId, AttachedCount, AttachedFile, ChildDetails, Consent, InfoPage, InfoPageTitle,
    Observation, ObservationTitle, OwnDetails, Places, PortalNotices, TeamMember,
};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Which piece.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "fact", content = "id")]
pub enum FactKind {
    /// The organisation, its locations and groups.
    Places,
    /// Who works on the children's groups.
    Team,
    /// The list of pages.
    Pages,
    /// One of them.
    Page(String),
    /// How many files come with these news items, 50 at most.
    NewsAbout(Vec<ArticleId>),
    /// The files of a news item.
    NewsFiles(ArticleId),
    /// The parent's own details.
    OwnDetails,
    /// The children's.
    Children,
    /// Consents and declarations.
    Consents,
    /// The list of observations.
    Observations,
    /// One of them.
    Observation(String),
    /// What the portal tells of.
    Notices,
}

impl FactKind {
    /// Those that are read by themselves.
    pub const LISTS: [Self; 8] = [
        Self::Places,
        Self::Team,
        Self::Pages,
        Self::OwnDetails,
        Self::Children,
        Self::Consents,
        Self::Observations,
        Self::Notices,
    ];

    /// The feature a portal names that tells it.
    pub fn feature(&self) -> &'static str {
        match self {
            Self::Places => "location",
            Self::Team => "team",
            Self::Pages | Self::Page(_) => "pages",
            Self::NewsAbout(_) | Self::NewsFiles(_) => "newsAttachments",
            Self::OwnDetails => "account",
            Self::Children => "children",
            Self::Consents => "consents",
            Self::Observations | Self::Observation(_) => "observations",
            Self::Notices => "notificationSettings",
        }
    }

    /// Its name among what is kept.
    pub fn name(&self) -> String {
        match self {
            Self::Page(id) => format!("page:{id}"),
            Self::Observation(id) => format!("observation:{id}"),
            Self::NewsAbout(_) => "newsAbout".into(),
            Self::NewsFiles(id) => format!("newsFiles:{id}"),
            Self::Pages => "pages".into(),
            Self::Observations => "observations".into(),
            other => other.feature().into(),
        }
    }

    /// Which has that name.
    pub fn named(name: &str) -> Option<Self> {
        match name.split_once(':') {
            Some(("page", id)) => Some(Self::Page(id.into())),
            Some(("newsFiles", id)) => Some(Self::NewsFiles(ArticleId(id.into()))),
            Some(("observation", id)) => Some(Self::Observation(id.into())),
            Some(_) => None,
            None => Self::LISTS.into_iter().find(|kind| kind.name() == name),
        }
    }

    /// Whether it is about the place, and not about the family.
    pub fn is_of_place(&self) -> bool {
        matches!(
            self,
            Self::Places
                | Self::Team
                | Self::Pages
                | Self::Page(_)
                | Self::NewsAbout(_)
                | Self::NewsFiles(_)
        )
    }
}

/// A piece as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "fact", content = "is")]
pub enum Fact {
    /// The organisation, its locations and groups.
    Places(Places),
    /// Who works on the children's groups.
    Team(Vec<TeamMember>),
    /// The list of pages, in the organisation's order.
    Pages(Vec<InfoPageTitle>),
    /// One of them.
    Page(InfoPage),
    /// How many files come with news items.
    NewsAbout(Vec<AttachedCount>),
    /// The files of a news item.
    NewsFiles(Vec<AttachedFile>),
    /// The parent's own details.
    OwnDetails(OwnDetails),
    /// The children's, those that have left too.
    Children(Vec<ChildDetails>),
    /// Consents and declarations.
    Consents(Vec<Consent>),
    /// The list of observations, the newest first.
    Observations(Vec<ObservationTitle>),
    /// One of them.
    Observation(Observation),
    /// What the portal tells of.
    Notices(PortalNotices),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_found_again_by_its_name() {
        let whole = [
            FactKind::Page("a:1".into()),
            FactKind::Observation("7".into()),
            FactKind::NewsFiles(ArticleId("n".into())),
        ];
        for kind in FactKind::LISTS.into_iter().chain(whole) {
            assert_eq!(FactKind::named(&kind.name()), Some(kind));
        }
        assert_eq!(FactKind::named("secret"), None);
    }
}
