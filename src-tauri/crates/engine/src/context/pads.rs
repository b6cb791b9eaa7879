//! Whose a pad is, by what the ledger knows and the key in use sees.

use coderpad::{Pad, PadId};

use super::Context;
use lever::OpportunityId;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::change::Change;
use padwatch_domain::identity::Fingerprint;
use padwatch_domain::settings::PadChoice;
use padwatch_domain::tracking::Known;
use padwatch_domain::tracking::transition::Reader;
use padwatch_domain::transition::prepare::Prepared;
use padwatch_ledger::LedgerError;

impl Context<'_> {
    /// The CoderPad key in use, as the ledger knows it.
    pub(crate) fn reader(&self) -> Option<Fingerprint> {
        self.connection.binding.reader()
    }

    /// Returns true if the key in use is of the user who saw this pad before.
    pub(crate) fn is_own(&self, known: &Known) -> bool {
        let reader = self.reader();
        reader.is_some_and(|reader| known.is_own(reader, self.connection.binding.bound()))
    }

    pub(crate) fn reader_of(&self, known: &Known, pad: &PadId) -> Reader {
        Reader {
            key: self.reader(),
            is_own: self.is_own(known),
            missed_for_ms: self
                .connection
                .last_reads
                .missed_for_ms(pad, self.elapsed()),
        }
    }

    /// A pad that was created, found or taken over is there for the key that showed it.
    pub(crate) fn pad_is_there(&mut self, id: &OpportunityId, key: Option<Fingerprint>) {
        let read = self.store.ledger.row(id).and_then(|row| {
            let known = self.store.ledger.interview(id)?;
            Ok(row.map(|row| (row, known)))
        });
        if let Ok(Some((row, _))) = &read
            && let Some(pad) = row.life.pad()
        {
            self.connection
                .last_reads
                .read(&pad.id, self.wiring.clock.elapsed());
        }
        match read {
            Ok(Some((row, known))) if known.seen_by != key || known.missing_ms.is_some() => {
                self.write(seen_by(&row, known, key));
            }
            Ok(Some(_)) => {}
            Ok(None) => {}
            Err(error) => self.ledger_failed(&error),
        }
    }

    /// What a pad for this candidacy would be made with now.
    pub(crate) fn pad_choice(&self, row: &padwatch_domain::candidacy::Candidacy) -> &PadChoice {
        self.policy
            .settings
            .pads
            .for_posting(row.seen.posting.as_ref())
    }

    /// A pad that the ledger knows as someone else's can't be this one's too, no matter who put its
    /// link there.
    pub(crate) fn without_others_pad(
        &self,
        row: &Candidacy,
        prepared: Prepared,
    ) -> Result<Prepared, LedgerError> {
        let Prepared::Adopt(found) = prepared else {
            return Ok(prepared);
        };
        if !self.is_anothers(row, &found.pad.id)? {
            return Ok(Prepared::Adopt(found));
        }
        let mut beside = found.beside;
        beside.push(found.pad.id);
        Ok(Prepared::Ready {
            seen: found.seen,
            beside,
            secrecy: found.secrecy,
        })
    }

    /// The same for pads that were found in CoderPad's list.
    pub(crate) fn without_others_pads(
        &self,
        row: &Candidacy,
        pads: &mut Vec<Pad>,
    ) -> Result<(), LedgerError> {
        let mut its_own = Vec::new();
        for pad in pads.drain(..) {
            if !self.is_anothers(row, &pad.id)? {
                its_own.push(pad);
            }
        }
        *pads = its_own;
        Ok(())
    }

    pub(crate) fn is_anothers(&self, row: &Candidacy, pad: &PadId) -> Result<bool, LedgerError> {
        let owner = self.store.ledger.owner_of(pad)?;
        Ok(owner.is_some_and(|owner| owner != row.opportunity))
    }

    /// The pads that the ledger knows not to be for this candidacy, or no longer: those of the
    /// person's other candidacies, and its own that were deleted.
    pub(crate) fn not_its_own(&self, row: &Candidacy) -> Result<Vec<PadId>, LedgerError> {
        let mut pads = self.former_pads(row)?;
        for other in self.siblings(row)? {
            pads.extend(other.life.pad().map(|pad| pad.id.clone()));
            let extra = self.store.ledger.duplicates(&other.opportunity)?;
            pads.extend(extra.into_iter().map(|duplicate| duplicate.id));
        }
        Ok(pads)
    }

    /// The pads that a candidacy had before its own.
    pub(crate) fn former_pads(&self, row: &Candidacy) -> Result<Vec<PadId>, LedgerError> {
        let mut pads = self.store.ledger.deleted_pads(&row.opportunity)?;
        // One that counted as gone, and lives.
        pads.retain(|pad| row.life.pad().is_none_or(|own| own.id != *pad));
        Ok(pads)
    }

    /// Whether the person has other candidacies that the ledger knows.
    pub(crate) fn has_siblings(&self, row: &Candidacy) -> Result<bool, LedgerError> {
        Ok(!self.siblings(row)?.is_empty())
    }

    fn siblings(&self, row: &Candidacy) -> Result<Vec<Candidacy>, LedgerError> {
        let Some(contact) = &row.seen.contact else {
            return Ok(Vec::new());
        };
        let mut others = self.store.ledger.of_contact(contact)?;
        others.retain(|other| other.opportunity != row.opportunity);
        Ok(others)
    }
}

fn seen_by(row: &Candidacy, known: Known, key: Option<Fingerprint>) -> Vec<Change> {
    let Some(pad) = row.life.pad().filter(|_| key.is_some()) else {
        return Vec::new();
    };
    vec![Change::Followed {
        opportunity: row.opportunity.clone(),
        pad: pad.id.clone(),
        known: Known {
            seen_by: key,
            missing_ms: None,
            ..known
        },
    }]
}
